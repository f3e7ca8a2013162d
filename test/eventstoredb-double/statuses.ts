import { Metadata, status, type StatusObject } from '@grpc/grpc-js';

/** The gRPC statuses by which EventStoreDB refuses: its `RpcExceptions`. */
export function statusOf(
  code: status,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): StatusObject {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return { code, details, metadata };
}

export const unavailable = () => statusOf(status.UNAVAILABLE, 'Server Is Not Ready');

export const cancelled = () => statusOf(status.CANCELLED, 'Operation cancelled');

export const accessDenied = () =>
  statusOf(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const invalidPosition = () =>
  statusOf(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');

export const unexpected = (result: string) => statusOf(status.UNKNOWN, `Unexpected ${result}`);

export const handlerFailed = () => statusOf(status.UNKNOWN, 'Exception was thrown by handler.');

export const forwardingTimedOut = () =>
  statusOf(status.ABORTED, 'Operation timed out: Forwarding timeout');

export const notLeader = (leader: { readonly host: string; readonly port: number }) =>
  statusOf(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': leader.host,
    'leader-endpoint-port': String(leader.port),
  });

export const appendTooLarge = (bytes: number) =>
  statusOf(status.INVALID_ARGUMENT, `Maximum Append Size of ${bytes} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(bytes),
  });

export const propertyMissing = (name: string) =>
  statusOf(status.INVALID_ARGUMENT, `Required Metadata Property '${name}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });
