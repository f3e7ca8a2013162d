import { type INestApplicationContext, RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ApplicationConfig, MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';

import { ACCESS, type Access } from './access.decorator.js';

/** One route of the application, and who may call it; undefined when nobody said so. */
export interface Route {
  readonly method: string;
  /** With the application's prefix and `:names` of its parameters. */
  readonly path: string;
  readonly access: Access | undefined;
  /** `SessionController.show`, to find it. */
  readonly handler: string;
}

type Handler = (...args: never[]) => unknown;

/** Every route of every controller of an application, read from its modules. */
export function routeTable(app: INestApplicationContext): readonly Route[] {
  const modules = app.get(ModulesContainer, { strict: false });
  const prefix = app.get(ApplicationConfig, { strict: false }).getGlobalPrefix();
  const classes = [...modules.values()].flatMap((it) => {
    return [...it.controllers.values()].map((wrapper) => wrapper.metatype);
  });
  return [...new Set(classes)].flatMap((it) => (it === null ? [] : routesOf(it as Type, prefix)));
}

function routesOf(controller: Type, prefix: string): Route[] {
  const reflector = new Reflector();
  const prototype = controller.prototype as Record<string, Handler>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    const method = handler && reflector.get<RequestMethod | undefined>(METHOD_METADATA, handler);
    if (handler === undefined || method === undefined) return [];
    const access = reflector.getAllAndOverride<Access | undefined>(ACCESS, [handler, controller]);
    return pathsOf(reflector, controller).flatMap((base) => {
      return pathsOf(reflector, handler).map((path) => ({
        method: RequestMethod[method],
        path: joined(prefix, base, path),
        access,
        handler: `${controller.name}.${name}`,
      }));
    });
  });
}

function pathsOf(reflector: Reflector, target: Handler | Type): readonly string[] {
  const paths = reflector.get<string | readonly string[] | undefined>(PATH_METADATA, target) ?? '';
  return typeof paths === 'string' ? [paths] : paths;
}

function joined(...parts: readonly string[]): string {
  return `/${parts.flatMap((it) => it.split('/').filter(Boolean)).join('/')}`;
}
