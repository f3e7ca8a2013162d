import { expect, test } from 'vitest';

import { otherAccounts, sameRights, wantedAllAcl, wantedDefaults } from '../../cli/store-rights.js';

test('the register appends and reads, and administrators alone do everything else', () => {
  const { $userStreamAcl: own, $systemStreamAcl: system } = wantedDefaults(['musubi']);
  expect(own).toEqual({
    $r: ['musubi', '$admins'],
    $w: ['musubi', '$admins'],
    $d: ['$admins'],
    $mr: ['$admins'],
    $mw: ['$admins'],
  });
  expect(new Set(Object.values(system).flat())).toEqual(new Set(['$admins']));
  expect(wantedAllAcl(['musubi'])).toMatchObject({ $r: ['musubi', '$admins'], $w: ['$admins'] });
});

test('rights are the same in any order, and a single name is a list of one', () => {
  expect(sameRights({ $r: ['a', 'b'], $d: '$admins' }, { $d: ['$admins'], $r: ['b', 'a'] })).toBe(
    true,
  );
  expect(sameRights({ $r: ['a'] }, { $r: ['a', 'b'] })).toBe(false);
  expect(sameRights({}, wantedDefaults(['musubi']))).toBe(false);
  expect(sameRights(undefined, wantedAllAcl(['musubi']))).toBe(false);
});

test('whoever would lose a right is named; everybody and the administrators are nobody in particular', () => {
  const acl = { $r: ['$all', 'musubi', 'nagano'], $w: 'nagano', $d: '$admins' };
  expect(otherAccounts(acl, ['musubi'])).toEqual(['nagano']);
  expect(otherAccounts(acl, ['musubi', 'nagano'])).toEqual([]);
  expect(otherAccounts(undefined, ['musubi'])).toEqual([]);
});
