import { type Command, UsageFault } from './command.js';
import { checkFile, checkUsage } from './facilities-check.js';
import { importFile, importUsage } from './facilities-import.js';
import { judgeImported, judgeUsage } from './facilities-judge.js';

/** 公共施設一覧: checked without a database, taken and approved by way of a running application. */
export const facilities: Command = {
  name: 'facilities',
  usage: [checkUsage, importUsage, judgeUsage],
  run: ([verb, ...args], terminal, _, environment) => {
    switch (verb) {
      case 'check':
        return checkFile(args, terminal);
      case 'import':
        return importFile(args, terminal, environment);
      case 'approve':
        return judgeImported('approvals', args, terminal, environment);
      case 'reject':
        return judgeImported('rejections', args, terminal, environment);
      default:
        throw new UsageFault(
          'facilities には check・import・approve・reject のいずれかを続けてください。',
        );
    }
  },
};
