import type { FastifyRequest } from 'fastify';
import { describe, expect, test } from 'vitest';

import { Refusal } from '../../src/entries/domain/refusal.js';
import { presentedToken, refuseOtherSites } from '../../src/identity/presented-token.js';
import { isTokenSecret, newTokenSecret } from '../../src/identity/token-secret.js';

const request = (method: string, headers: Record<string, string>) =>
  ({ method, headers }) as unknown as FastifyRequest;

describe('the token of a request', () => {
  test('stands in the header, else in the cookie', () => {
    const authorization = 'bearer  musubi_a';
    const cookie = 'a=1; musubi_session=musubi_b; c';
    expect(presentedToken(request('GET', { authorization, cookie }))).toEqual({
      secret: 'musubi_a',
      by: 'header',
    });
    expect(presentedToken(request('GET', { cookie }))).toEqual({
      secret: 'musubi_b',
      by: 'cookie',
    });
  });

  test.each(['', 'other=musubi_b', 'xmusubi_session=musubi_b', 'musubi_session', ';;=;'])(
    'the cookies «%s» hold none',
    (cookie) => {
      expect(presentedToken(request('GET', { cookie }))).toBeUndefined();
    },
  );

  test('a new one is recognised, never the same twice', () => {
    const many = Array.from({ length: 200 }, newTokenSecret);
    expect(new Set(many).size).toBe(200);
    expect(many.every(isTokenSecret)).toBe(true);
    expect(isTokenSecret('musubi_')).toBe(false);
    expect(isTokenSecret(`${many[0]}x`)).toBe(false);
  });
});

describe('a request that changes something', () => {
  const refused = (method: string, headers: Record<string, string>, by: 'cookie' | 'none') => {
    try {
      refuseOtherSites(request(method, headers), by);
      return false;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'access/other-site') return true;
      throw error;
    }
  };
  const host = 'musubi.example:8443';

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    'by %s and cookie must come from this site',
    (method) => {
      expect(refused(method, { host, origin: 'https://musubi.example:8443' }, 'cookie')).toBe(
        false,
      );
      for (const origin of ['https://musubi.example', 'https://evil.example', 'null', '', 'x']) {
        expect(refused(method, { host, origin }, 'cookie')).toBe(true);
      }
      expect(refused(method, { host }, 'cookie')).toBe(true);
    },
  );

  test('a program without cookie need not say where it comes from', () => {
    expect(refused('POST', { host }, 'none')).toBe(false);
    expect(refused('POST', { host, origin: 'https://evil.example' }, 'none')).toBe(true);
  });

  test('reading is open to links from anywhere', () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      expect(refused(method, { host, origin: 'https://evil.example' }, 'cookie')).toBe(false);
    }
  });
});
