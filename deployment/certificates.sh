#!/usr/bin/env bash
# Certificates for TLS between the register and its EventStoreDB, from an authority of its own:
#   certificates.sh AUTHORITY TRUST DIRECTORY=name,address,… [DIRECTORY=…]
# AUTHORITY keeps the authority's key, which nobody else needs; TRUST holds ca.crt alone, for servers and clients;
# each DIRECTORY gets node.crt and node.key for the names and addresses by which that node is reached.
# Run again it leaves what still serves, and renews a node's certificate that ends within 60 days or lacks a name.
set -euo pipefail
umask 077

authority=$1 trust=$2
shift 2
# The account of the server in its image; the server refuses a key that it cannot read.
owner=1000:1000
day=$((24 * 60 * 60))

if [ ! -s "$authority/ca.key" ]; then
  openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days 3650 -subj '/O=Musubi/CN=Musubi EventStoreDB CA' \
    -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign' \
    -keyout "$authority/ca.key.new" -out "$authority/ca.crt" 2>/dev/null
  mv "$authority/ca.key.new" "$authority/ca.key"
  echo "authority: made"
fi
# A certificate must not outlive its authority.
openssl x509 -in "$authority/ca.crt" -noout -checkend $((458 * day)) >/dev/null || {
  echo "authority: it ends within 458 days; replace it first" >&2
  exit 1
}
install -m 0644 "$authority/ca.crt" "$trust/ca.crt"

# DNS:name or IP:address of each, in order.
alternatives() {
  local name list=
  for name in ${1//,/ }; do
    if [[ $name =~ ^[0-9.]+$ || $name == *:* ]]; then list+=",IP:$name"; else list+=",DNS:$name"; fi
  done
  echo "${list#,}"
}

# Made by this authority, for exactly these names, for 60 days more.
serves() {
  [ -s "$1/node.key" ] && [ "$(cat "$1/names" 2>/dev/null)" = "$2" ] &&
    openssl x509 -in "$1/node.crt" -noout -checkend $((60 * day)) >/dev/null 2>&1 &&
    openssl verify -CAfile "$authority/ca.crt" "$1/node.crt" >/dev/null 2>&1
}

for node in "$@"; do
  directory=${node%%=*} names=$(alternatives "${node#*=}")
  if serves "$directory" "$names"; then
    echo "$directory: serves until $(openssl x509 -in "$directory/node.crt" -noout -enddate | cut -d= -f2)"
    continue
  fi
  work=$(mktemp -d)
  # Nodes know each other by this common name, which all of them share.
  openssl req -newkey rsa:3072 -nodes -sha256 -subj '/CN=eventstoredb-node' \
    -keyout "$work/node.key" -out "$work/node.csr" 2>/dev/null
  printf '%s\n' 'basicConstraints=critical,CA:FALSE' 'keyUsage=critical,digitalSignature,keyEncipherment' \
    'extendedKeyUsage=serverAuth,clientAuth' "subjectAltName=$names" >"$work/extensions"
  openssl x509 -req -sha256 -days 397 -in "$work/node.csr" -CA "$authority/ca.crt" -CAkey "$authority/ca.key" \
    -set_serial "0x$(openssl rand -hex 16)" -extfile "$work/extensions" -out "$work/node.crt" 2>/dev/null
  if [ "$(id -u)" = 0 ]; then chown "$owner" "$directory" "$work/node.key" "$work/node.crt"; fi
  rm -f "$directory/names"
  mv -f "$work/node.key" "$work/node.crt" "$directory/"
  echo "$names" >"$directory/names"
  rm -rf "$work"
  echo "$directory: made for $names"
done
