import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches } from 'class-validator';

import { roles } from '../register/domain/acts.js';

export const loginPattern = /^[a-z0-9][a-z0-9._-]{1,62}$/i;

export class SignInDto {
  @ApiProperty({ description: 'ログイン名', example: 'registrar' })
  @Matches(loginPattern, { message: 'ログイン名(半角英数字と . _ - で2〜63文字)' })
  readonly login!: string;

  @ApiProperty({ description: 'パスワード', format: 'password' })
  @IsString({ message: 'パスワードの文字列' })
  @Length(1, 200, { message: '1文字以上200文字以下' })
  readonly password!: string;

  @ApiPropertyOptional({
    description: '新しいパスワード(12文字以上)。一度だけ使えるパスワードのときは必須',
    format: 'password',
  })
  @IsOptional()
  @IsString({ message: '新しいパスワードの文字列' })
  @Length(12, 200, { message: '12文字以上200文字以下' })
  readonly newPassword?: string;
}

export class HeldRoleDto {
  @ApiProperty({ enum: roles, description: '役割' })
  readonly role!: (typeof roles)[number];

  @ApiProperty({ description: '団体の当事者id', format: 'uuid' })
  readonly body!: string;
}

export class WhoAmIDto {
  @ApiProperty({ description: 'アカウントのid', format: 'uuid' })
  readonly account!: string;

  @ApiProperty({ description: 'ログイン名' })
  readonly login!: string;

  @ApiProperty({ description: '表示名' })
  readonly displayName!: string;

  @ApiProperty({ type: [HeldRoleDto], description: '今もっている役割' })
  readonly grants!: readonly HeldRoleDto[];
}

export class SessionDto extends WhoAmIDto {
  @ApiProperty({ description: 'Authorization: Bearer に付けるトークン。ここでだけ示す' })
  readonly token!: string;

  @ApiProperty({ description: '期限(UTC)', format: 'date-time' })
  readonly expires!: string;
}
