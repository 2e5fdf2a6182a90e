#!/bin/sh
# Keeps the trust bundle of nginx current: fetches it, waits for the notice that it has changed, lets nginx read it.
#
#   follow-trust-bundle.sh http://127.0.0.1:PORT/trust-bundle /etc/nginx/evenroll/trust-bundle.pem nginx -s reload
#
# The file is replaced only by a whole answer that openssl can read. Runs until it is stopped.
set -eu

if [ $# -lt 3 ]; then
  echo "usage: $0 URL FILE COMMAND..." >&2
  exit 2
fi
url=$1
file=$2
shift 2
tag=
answer=$file.new
headers=$file.headers
trap 'rm -f "$answer" "$headers"; exit 0' INT TERM

while true; do
  if status=$(curl -sS --max-time 150 -H "If-None-Match: $tag" -H "Prefer: wait=120" \
      -D "$headers" -o "$answer" -w '%{http_code}' "$url"); then
    if [ "$status" = 200 ] && openssl x509 -in "$answer" -noout 2>/dev/null; then
      tag=$(sed -n 's/^[Ee][Tt][Aa][Gg]: *\("[^"]*"\).*/\1/p' "$headers")
      if ! cmp -s "$answer" "$file"; then
        mv "$answer" "$file"
        "$@"
      fi
      continue
    elif [ "$status" = 304 ]; then
      continue
    fi
    echo "$url answered $status; asking again" >&2
  fi
  sleep 5
done
