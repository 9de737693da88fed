# The client signs: the hospital may give Harbor House what it needs to know, and learn how the referral ends.
. "$(dirname "$0")/state.sh"
: "${TASK_ID:?run 02-refer.sh first}"

ask "$BASE/api/directory/organizations?code=river-council" -H "Authorization: Bearer $DANA"
keep COUNCIL_ID "$(field organizationId)"

ask "$BASE/api/identity/me" -H "Authorization: Bearer $DANA"
keep HOSPITAL_ID "$(field organizationId)"

ask "$BASE/api/consent/consents" -H "Authorization: Bearer $DANA" \
  -H 'Content-Type: application/json' -H "Idempotency-Key: consent-$RUN" -d @- <<JSON
{
  "clientId": "$CLIENT_ID",
  "kind": "named-recipient",
  "disclosers": ["$HOSPITAL_ID"], "recipients": ["$AGENCY_ID"], "intermediaryId": "$COUNCIL_ID",
  "categories": ["core-contact", "stated-need", "functional-needs"],
  "purposes": ["care-coordination"], "directions": ["send", "return"], "returnPath": "outcome",
  "expiresOn": "2099-12-31",
  "signedName": "Marta Reyes", "signer": { "relation": "self", "name": "Marta Reyes" },
  "method": "e-signature", "statementVersion": "2026-01", "language": "en", "signedAt": "$NOW"
}
JSON
# The position of a command in its service's log: a read or a send with it waits until it has been handled.
keep CONSENTED "$(header position)"
echo "consent recorded: it is $(field validity)"
