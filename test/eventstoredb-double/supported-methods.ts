import protocol from '@eventstore/db-client/generated/serverfeatures_pb.js';

const serverVersion = '24.10.4';

/** The services of this double among those that a server of the 24.10 line names, in its words. */
const methods: readonly (readonly [service: string, method: string, features: string[]])[] = [
  ['event_store.client.streams.streams', 'read', ['position', 'events']],
  ['event_store.client.streams.streams', 'append', []],
  ['event_store.client.streams.streams', 'batchappend', ['deadline_duration']],
  ['event_store.client.gossip.gossip', 'read', []],
  ['event_store.client.server_features.serverfeatures', 'getsupportedmethods', []],
];

export function supportedMethods(): protocol.SupportedMethods {
  const list = methods.map(([service, method, features]) =>
    new protocol.SupportedMethod()
      .setServiceName(service)
      .setMethodName(method)
      .setFeaturesList(features),
  );
  return new protocol.SupportedMethods()
    .setEventStoreServerVersion(serverVersion)
    .setMethodsList(list);
}
