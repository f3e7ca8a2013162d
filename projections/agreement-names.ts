import type { AgreementEvent } from '../src/agreements/domain/acts.js';
import { agreementLeaning } from '../src/agreements/domain/leaning.js';
import type { RegisterEvent } from '../src/entries/domain/event.js';
import type { Naming } from './named-rows.js';

/** The fields that an agreement's acts say it is about, and the providers named through an umbrella. */
export const fieldsAndProviders: Naming = {
  leaning: agreementLeaning,
  namesOf: fieldsAndProvidersOf,
};

/** The fields and everybody whom the acts name, in whatever role. */
export const fieldsAndParties: Naming = { leaning: agreementLeaning, namesOf: fieldsAndPartiesOf };

function fieldsAndProvidersOf(event: RegisterEvent): readonly string[] {
  const act = event as AgreementEvent;
  switch (act.type) {
    case 'AgreementRegistered':
    case 'AgreementDrafted':
      return act.data.fields.map((it) => `field:${it}`);
    case 'AgreementAmended':
      return (act.data.fields ?? []).map((it) => `field:${it}`);
    case 'BoundThroughStated':
      return act.data.pairs.map((it) => `provides:${it.provider}`);
    default:
      return [];
  }
}

function fieldsAndPartiesOf(event: RegisterEvent): readonly string[] {
  const act = event as AgreementEvent;
  switch (act.type) {
    case 'AgreementRegistered':
    case 'AgreementDrafted':
      return [
        ...act.data.fields.map((it) => `field:${it}`),
        ...act.data.parties.map((it) => `party:${it.party}`),
      ];
    case 'AgreementAmended':
      return (act.data.fields ?? []).map((it) => `field:${it}`);
    case 'PartyAcceded':
      return [`party:${act.data.party}`];
    case 'BoundThroughStated':
      return act.data.pairs.flatMap((it) => [`party:${it.provider}`, `party:${it.beneficiary}`]);
    default:
      return [];
  }
}
