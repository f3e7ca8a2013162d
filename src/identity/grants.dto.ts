import { ApiProperty } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';

import { roles } from '../register/domain/acts.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export class GrantDto {
  @ApiProperty({ description: 'アカウントのid', format: 'uuid' })
  @Matches(uuid, { message: 'アカウントのid(小文字のUUID)' })
  readonly account!: string;

  @ApiProperty({ enum: roles, description: '役割' })
  @IsIn(roles, { message: `次のいずれか: ${roles.join('、')}` })
  readonly role!: (typeof roles)[number];

  @ApiProperty({ description: '団体の当事者id', format: 'uuid' })
  @Matches(uuid, { message: '団体の当事者id(小文字のUUID)' })
  readonly body!: string;
}

export class GrantChangedDto extends GrantDto {
  @ApiProperty({ description: '登録番号' })
  readonly n!: number;

  @ApiProperty({ description: '登録番号の時刻(UTC)', format: 'date-time' })
  readonly at!: string;

  @ApiProperty({ description: '位置。読み出しで、ここまで反映した答えを求めるときに使う' })
  readonly position!: string;
}

export class StandingGrantDto extends GrantDto {
  @ApiProperty({ description: 'ログイン名' })
  readonly login!: string;

  @ApiProperty({ description: '表示名' })
  readonly displayName!: string;
}

export class StandingGrantsDto {
  @ApiProperty({ type: [StandingGrantDto], description: '今ある役割' })
  readonly grants!: readonly StandingGrantDto[];
}
