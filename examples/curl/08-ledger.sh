# The hospital's privacy officer reads the ledger of this client: who got which data, why, and under which consent.
. "$(dirname "$0")/state.sh"
: "${DISCLOSURE_ID:?run 06-open-packet.sh first}"

# The ledger learns of an opening from an event, a moment later.
for try in 1 2 3 4 5 6 7 8 9 10; do
  ask "$BASE/api/consent/disclosures?clientId=$CLIENT_ID&limit=100" -H "Authorization: Bearer $OLGA"
  grep -q "$DISCLOSURE_ID" "$ANSWER" && break
  sleep 1
done
grep -q "$DISCLOSURE_ID" "$ANSWER" || stop "the ledger has not heard of the opening in $try seconds"
echo 'in the ledger:'
parts | sed -n 's/.*"kind":"\([^"]*\)".*/  \1/p'
