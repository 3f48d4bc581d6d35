#!/bin/sh
# Runs the generated clients against Prism, which serves the documents of
# specs/ on loopback and judges every request by them.
set -eu
cd "$(dirname "$0")"

# Install scripts are not needed; one of them would report the installation.
if ! [ node_modules/.package-lock.json -nt package-lock.json ]; then
	npm ci --ignore-scripts --no-audit --no-fund
fi
exec go test -tags e2e -count=1 "$@" .
