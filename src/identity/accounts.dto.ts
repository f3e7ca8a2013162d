import { ApiProperty } from '@nestjs/swagger';
import { Length, Matches } from 'class-validator';

import { loginPattern } from './session.dto.js';

export class NewAccountDto {
  @ApiProperty({ description: 'ログイン名', example: 'aoki' })
  @Matches(loginPattern, { message: 'ログイン名(半角英数字と . _ - で2〜63文字)' })
  readonly login!: string;

  @ApiProperty({ description: '表示名', example: '青木' })
  @Length(1, 100, { message: '1文字以上100文字以下' })
  @Matches(/^(?=.*\S)[^\p{Cc}\p{Cs}]+$/u, { message: '空白だけでない、制御文字のない名前' })
  readonly displayName!: string;
}

export class CreatedAccountDto {
  @ApiProperty({ description: 'アカウントのid', format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ description: 'ログイン名' })
  readonly login!: string;

  @ApiProperty({ description: '最初のサインインで替えるパスワード。ここでだけ示す' })
  readonly oneTimePassword!: string;
}
