import { ConsoleLogger, type LogLevel as NestLevel, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';

import { AppModule } from '../app.module.js';
import type { LogLevel } from '../config.js';
import type { Surroundings } from '../surroundings.js';
import { AllowedMethods } from './allowed-methods.js';
import { acceptLists } from './facility-lists/list-body.js';
import { acceptOnlyJson } from './json-body.js';
import { serveDocumentation } from './openapi/serve-documentation.js';
import { Metrics } from './operation/metrics.js';
import { ProblemFilter, sendProblem } from './problem-filter.js';
import { requestIdOf } from './request-id.js';
import { logRequests } from './request-log.js';
import { addAnswerHeaders, setAnswerHeaders } from './security-headers.js';
import { mostBodyBytes } from './transport-problem.js';
import { refuseNulInUrls } from './url-text.js';
import { refusalOf } from './validation-faults.js';

/** The whole application behind HTTP, initialised and not yet listening. */
export async function createServer(surroundings: Surroundings): Promise<NestFastifyApplication> {
  const { logLevel, trustedProxies } = surroundings.config;
  const adapter = new FastifyAdapter({
    logger: { level: logLevel, base: null },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIdOf,
    requestIdHeader: false,
    bodyLimit: mostBodyBytes,
    requestTimeout: 60_000,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    routerOptions: { maxParamLength: 200 },
    // The router refuses a malformed URL before any hook runs.
    frameworkErrors(error: Error, request: FastifyRequest, reply: FastifyReply) {
      setAnswerHeaders(request, reply);
      sendProblem(error, request, reply);
    },
  });
  const server = adapter.getInstance();
  const methods = new AllowedMethods();
  methods.watch(server);
  acceptOnlyJson(server);
  acceptLists(server);
  refuseNulInUrls(server);
  addAnswerHeaders(server);
  logRequests(server);

  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.of(surroundings),
    adapter,
    {
      bodyParser: false,
      abortOnError: false,
      logger: new ConsoleLogger({ json: true, colors: false, logLevels: nestLevels[logLevel] }),
    },
  );
  app.useGlobalPipes(
    new ValidationPipe({
      whitelist: true,
      forbidNonWhitelisted: true,
      exceptionFactory: refusalOf,
    }),
  );
  app.useGlobalFilters(new ProblemFilter(methods));
  app.get(Metrics, { strict: false }).watch(server);
  serveDocumentation(app);
  return app.init();
}

const nestLevels: Readonly<Record<LogLevel, NestLevel[]>> = {
  error: ['fatal', 'error'],
  warn: ['fatal', 'error', 'warn'],
  info: ['fatal', 'error', 'warn'],
  debug: ['fatal', 'error', 'warn', 'log', 'debug'],
};
