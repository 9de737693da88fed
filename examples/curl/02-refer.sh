# The planner refers a client who needs housing, to one service from the directory. Nothing leaves the hospital yet.
. "$(dirname "$0")/state.sh"
: "${DANA:?run 01-sign-in.sh first}"

ask "$BASE/api/directory/healthcare-services?code=harbor-beds" -H "Authorization: Bearer $DANA"
keep SERVICE_ID "$(field healthcareServiceId)"
keep AGENCY_ID "$(field organizationId)"

ask "$BASE/api/directory/areas" -H "Authorization: Bearer $DANA"
keep AREA_ID "$(field areaId)"

# Client data goes in the body, never in a URL. The answer to a command contains none of it.
ask "$BASE/api/referrals/referrals" -H "Authorization: Bearer $DANA" \
  -H 'Content-Type: application/json' -H "Idempotency-Key: refer-$RUN" -d @- <<JSON
{
  "client": {
    "given": "Marta", "family": "Reyes", "birthDate": "1984-05-06", "language": "en",
    "phone": "+15550100", "contactProhibited": false
  },
  "priority": "urgent",
  "needs": [{
    "need": "housing", "areaId": "$AREA_ID", "healthcareServiceId": "$SERVICE_ID",
    "statedNeed": "Leaves hospital on Friday and has nowhere to live.",
    "details": [{ "category": "functional-needs", "text": "Walks with a frame; no stairs." }]
  }]
}
JSON
keep REFERRAL_ID "$(field referralId)"
keep CLIENT_ID "$(field clientId)"
keep TASK_ID "$(field taskId)"
echo "referred: the Task of the need for housing is $(field state)"
