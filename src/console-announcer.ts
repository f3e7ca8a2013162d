import { roleNames } from './register/domain/role-names.js';
import type { Announcer } from './start-application.js';

/** Tells on the console what a person who starts the application must see. */
export const consoleAnnouncer: Announcer = {
  line: (text) => console.log(text),
  firstSignIns(signIns, operator) {
    const lines = signIns.map(
      ({ role, login, oneTimePassword }) => `  ${login}  ${oneTimePassword}  ${roleNames[role]}`,
    );
    console.log(
      [
        `新しい登録簿を、${operator}を運営団体として開きました。`,
        '最初のサインインに使うログイン名と一度だけ使えるパスワードです。今ここにだけ表示します。',
        ...lines,
      ].join('\n'),
    );
  },
};
