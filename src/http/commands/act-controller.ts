import { Body, Controller, Param, Post, Res, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import type { CommandResult } from '../../entries/command-result.js';
import { actType } from '../../entries/domain/catalogue.js';
import { EnterActs } from '../../entries/enter-acts.js';
import { Access } from '../../identity/access.decorator.js';
import { CurrentPrincipal } from '../../identity/current-principal.decorator.js';
import type { SignedIn } from '../../identity/principal.js';
import { IdempotencyKey } from '../idempotency-key.decorator.js';
import { IfMatch } from '../if-match.decorator.js';
import { idInPath } from '../request-fields.js';
import { ResolveReferences } from '../resolve-references.js';
import { type ActRoute, type ActRoutes, allActRoutes } from './act-routes.js';
import { documentAct } from './act-documentation.js';
import { answerCommand } from './answer-command.js';
import { asSent, unflattened } from './flat-act.js';

/** Each act by a door of its own, for people who type commands; all of them are one entry each. */
export const actControllers: readonly Type[] = allActRoutes.map(actController);

interface Doors {
  readonly commands: CommandBus;
  readonly references: ResolveReferences;
}

type Door = (
  raw: unknown,
  id: string | undefined,
  principal: SignedIn,
  idempotencyKey: string,
  ifRevision: number | undefined,
  reply: FastifyReply,
) => Promise<unknown>;

function actController({ kind, base, openings, acts }: ActRoutes): Type {
  class ActController {
    constructor(
      readonly commands: CommandBus,
      readonly references: ResolveReferences,
    ) {}
  }
  Object.defineProperty(ActController, 'name', { value: `${kind}ActController` });
  Reflect.defineMetadata('design:paramtypes', [CommandBus, ResolveReferences], ActController);
  Controller(base)(ActController);
  ApiTags(base.slice('api/'.length))(ActController);
  ApiBearerAuth()(ActController);
  for (const route of openings) addDoor(ActController, kind, route, route.path);
  for (const route of acts) addDoor(ActController, kind, route, `:id/${route.path}`);
  return ActController;
}

function addDoor(
  controller: Type<Doors>,
  kind: ActRoutes['kind'],
  route: ActRoute,
  path: string,
): void {
  const { act } = route;
  const type = actType(kind, act);
  if (type === undefined) throw new Error(`${kind} has no act ${act}`);
  const names = Object.keys(type.shape);

  const door: Door = async function enter(
    this: Doors,
    ...[raw, id, principal, idempotencyKey, ifRevision, reply]
  ) {
    const stream = id === undefined ? {} : { id: await streamIn(id, kind, this.references) };
    const { acts: named, paper } = unflattened(act, names, raw);
    const result: CommandResult = await asSent(async () => {
      const acts = await this.references.inActs(kind, named);
      const entry = { kind, ...stream, acts, paper, idempotencyKey, ifRevision };
      return this.commands.execute(new EnterActs(principal, entry));
    });
    return answerCommand(reply, kind, result);
  };
  const name = `enter${act}`;
  const prototype = controller.prototype as Record<string, unknown>;
  Object.defineProperty(prototype, name, { value: door, configurable: true, writable: true });
  const method = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
  Body()(prototype, name, 0);
  Param('id')(prototype, name, 1);
  CurrentPrincipal()(prototype, name, 2);
  IdempotencyKey()(prototype, name, 3);
  IfMatch()(prototype, name, 4);
  Res({ passthrough: true })(prototype, name, 5);
  const takes = [Object, String, Object, String, Object, Object];
  Reflect.defineMetadata('design:paramtypes', takes, prototype, name);
  for (const decorate of [Post(path), Access('registrar'), ...documentAct(kind, route, type)]) {
    decorate(prototype, name, method);
  }
}

/** A party's path may hold its name or code; everything else is found by its id alone. */
async function streamIn(id: string, kind: ActRoutes['kind'], references: ResolveReferences) {
  return kind === 'party' ? references.party(id, 'party') : idInPath(id, kind);
}
