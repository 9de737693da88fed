# Four people sign in: a discharge planner, an intake worker, a coordinator, a privacy officer.
# Run it again to start the story from the beginning. Demo sign-ins need no password; a real network has its own issuer.
. "$(dirname "$0")/state.sh"
: >"$STATE/known.sh"

sign_in() {
  ask "$BASE/api/identity/demo-tokens" -H 'Content-Type: application/json' -d "{\"login\": \"$2\"}"
  keep "$1" "$(field access_token)"
}
sign_in DANA dana.planner
sign_in INES ines.harbor
sign_in CORA cora.coordinator
sign_in OLGA olga.privacy

# Every command has its own key, so that sending it twice does it once. Here: its name, and this number.
keep RUN "$(date +%s)-$$"
keep NOW "$(date -u +%Y-%m-%dT%H:%M:%S.000Z)"
echo 'signed in: dana.planner, ines.harbor, cora.coordinator, olga.privacy'
