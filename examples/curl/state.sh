# Read by every file here: the platform's address, the values stored by earlier files, and the end of a refused file.
set -eu
umask 077
BASE=${BASE:-http://localhost:3000}
STATE=${STATE:-$(dirname "$0")/.state}
ANSWER=$STATE/answer.json
HEADERS=$STATE/headers.txt
mkdir -p "$STATE"
touch "$STATE/known.sh"
. "$STATE/known.sh"

# ask ARGUMENTS OF CURL: sends a request by curl. The answer is then in $ANSWER, its headers in $HEADERS.
ask() {
  rm -f "$ANSWER"
  status=$(curl --silent --show-error --output "$ANSWER" --dump-header "$HEADERS" --write-out '%{http_code}' "$@") ||
    stop "nobody answers at $BASE. Start the platform with npm start, or say BASE=http://host:port."
  case $status in
    2*) ;;
    401) stop "401: the sign-in has ended. Run 01-sign-in.sh again." ;;
    *) stop "$status: $(cat "$ANSWER")" ;;
  esac
}

# field NAME: the first value with that name in the answer. Enough for ids, codes and numbers; use jq for more.
field() {
  tr ',{}[]' '\n\n\n\n\n' <"$ANSWER" | sed -n "s/^\"$1\":\"\{0,1\}\([^\"]*\)\"\{0,1\}\$/\1/p" | sed -n 1p
}

# parts: the answer in lines, one for each object in it.
parts() {
  tr '{}' '\n\n' <"$ANSWER"
  echo
}

# header NAME: a header of the answer. NAME in lower case.
header() {
  tr -d '\r' <"$HEADERS" | sed -n "s/^$1: *//p" | sed -n 1p
}

# keep NAME VALUE: later files can use it.
keep() {
  case $2 in
    '' | *[!A-Za-z0-9._:=-]*) stop "no $1 in the answer: $(cat "$ANSWER")" ;;
  esac
  echo "$1='$2'" >>"$STATE/known.sh"
  . "$STATE/known.sh"
}

stop() {
  echo "$(basename "$0") was stopped. $1" >&2
  exit 1
}
