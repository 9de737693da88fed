# The agency opens the packet: the only route for client data, limited to the consent, with a ledger entry each time.
. "$(dirname "$0")/state.sh"
: "${ACCEPTED:?run 05-inbox-and-accept.sh first}"

ask "$BASE/api/referrals/tasks/$TASK_ID/packet" -H "Authorization: Bearer $INES" \
  -H 'Content-Type: application/json' -d '{"purpose": "care-coordination"}'
keep DISCLOSURE_ID "$(header disclosure-id)"
echo "opened: disclosure $DISCLOSURE_ID"
echo "  the stated need: $(sed -n 's/.*"statedNeed":"\([^"]*\)".*/\1/p' "$ANSWER")"
# It is the client's data: we write it to no disk.
rm "$ANSWER"
