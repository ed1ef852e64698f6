#!/usr/bin/env bash
# Installs what is missing for `make run` (argument: run) or for tests and development (argument: test).
# Says one line a step, does nothing a second time, and names what it cannot install.
set -euo pipefail
cd "$(dirname "$0")/.."

purpose=${1:?run or test}
say() { printf '%s\n' "$*"; }
quietly() {  # the output only of what failed
  local log
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then tail -n 20 "$log" >&2; rm -f "$log"; return 1; fi
  rm -f "$log"
}
stop() { printf '\n%s\n' "$*" >&2; exit 1; }

# --- Python ----------------------------------------------------------------------------------------------
python=
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
  if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    python=$(command -v "$candidate")
    break
  fi
done
[ -n "$python" ] || stop "Python 3.11 or newer is missing (found: $(python3 --version 2>/dev/null || echo none)).
On Debian 12 or Ubuntu 24.04: apt-get install python3 python3-venv. Then run make $purpose again."

# --- System packages -------------------------------------------------------------------------------------
libraries=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)
missing=()
library() { case $libraries in *"$1 "*) ;; *) missing+=("$2") ;; esac; }
program() { command -v "$1" >/dev/null || missing+=("$2"); }

"$python" -c 'import ensurepip, venv' 2>/dev/null || missing+=("$("$python" -c \
  'import sys; print("python3-venv" if sys.executable.endswith("python3") else "python3.%d-venv" % sys.version_info[1])')")
library libpango-1.0.so.0 libpango-1.0-0             # sets the lines of the PDF
library libpangoft2-1.0.so.0 libpangoft2-1.0-0       # reads its fonts
library libharfbuzz-subset.so.0 libharfbuzz-subset0  # embeds only the letters used: three times faster
program fc-list fontconfig                           # finds a fallback for a sign our fonts lack
case $(fc-list "DejaVu Serif" family 2>/dev/null || true) in
  *DejaVu*) ;; *) missing+=(fonts-dejavu-core) ;;    # signs that our own faces lack
esac
case $(fc-list Symbola family 2>/dev/null || true) in
  *Symbola*) ;; *) missing+=(fonts-symbola) ;;       # and emoji, drawn with lines
esac
program msgfmt gettext                               # compiles the texts of other languages
if [ "$purpose" = test ]; then
  program chromium chromium                          # the browser tests
  program pdftotext poppler-utils                    # reads and shows PDFs
fi

if [ ${#missing[@]} -gt 0 ]; then
  command -v apt-get >/dev/null || stop "Missing on this system: ${missing[*]}
(named as in Debian). There is no apt-get here: install them your way, then run make $purpose again."
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || stop "Missing: ${missing[*]}
There is no sudo here. As root: apt-get install ${missing[*]}. Then run make $purpose again."
    as_root=(sudo)
  fi
  say "Installing system packages: ${missing[*]}"
  install_packages() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
        "${missing[@]}"
  }
  quietly install_packages || stop "apt-get could not install them (see above). Then run make $purpose again."
fi

# --- Python packages -------------------------------------------------------------------------------------
lock=requirements.txt
[ "$purpose" = test ] && lock=requirements-dev.txt
wanted=$(cat "$lock" | sha256sum | cut -d' ' -f1)
if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
  say "Making the Python environment in .venv"
  "$python" -m venv --clear .venv
fi
if [ "$(cat ".venv/installed-$purpose" 2>/dev/null || true)" != "$wanted" ]; then
  say "Installing Python packages from $lock (each checked against its hash)"
  pip_install() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes "$@"
  }
  uv_install() {  # five times as quick; knows nothing of a mirror that is set for pip
    sed -n '/^uv==/,/[^\\]$/p' requirements-dev.txt >.venv/uv.txt && pip_install -r .venv/uv.txt &&
      .venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --require-hashes --compile-bytecode -r "$1"
  }
  uv_install "$lock" >/dev/null 2>&1 || quietly pip_install -r "$lock" ||
    stop "The Python packages could not be installed (see above).
Is the network there? Then run make $purpose again."
  printf '%s' "$wanted" >".venv/installed-$purpose"
  if [ "$purpose" = test ]; then  # everything that a run needs came with it
    sha256sum <requirements.txt | cut -d' ' -f1 | tr -d '\n' >.venv/installed-run
  fi
fi
