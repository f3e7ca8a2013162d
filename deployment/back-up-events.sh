#!/usr/bin/env bash
# Writes a backup of a running EventStoreDB node to standard output, in the order that makes it whole:
# checkpoints of the index, the index, checkpoints of the data, the data. No scavenge may run meanwhile.
#   docker compose exec -T eventstore bash -s <deployment/back-up-events.sh >events.tar
set -euo pipefail
cd "${EVENTSTORE_DATA:-/var/lib/eventstore}"

# A file that grows while it is read is no fault: what counts of it was there before (tar then ends with 1).
pack() { tar --create --warning=no-file-changed "$@" || [ $? = 1 ]; }

# Each list is made only when what stands before it has been copied.
[ -z "$(find index -name '*.chk')" ] || find index -name '*.chk' -print0 | pack --null --files-from=-
[ -z "$(find index -type f)" ] || find index -type f ! -name '*.chk' -print0 | pack --null --files-from=-
pack ./*.chk
pack ./chunk-*
