# The intake worker finds it in the agency's inbox, acknowledges, and accepts it as its owner.
. "$(dirname "$0")/state.sh"
: "${SENT:?run 04-send.sh first}"

# The inbox belongs to another service, which builds it from events: ?after= makes it wait for the send.
ask "$BASE/api/coordination/inbox?limit=100&after=$SENT" -H "Authorization: Bearer $INES"
grep -q "$TASK_ID" "$ANSWER" || stop 'the Task is not in the inbox'
echo 'in the inbox of Harbor House: ids and codes, nothing about the person'

ask "$BASE/api/identity/me" -H "Authorization: Bearer $INES"
owner=$(field personId)

ask "$BASE/api/referrals/tasks/$TASK_ID" -H "Authorization: Bearer $INES"
ask -X POST "$BASE/api/referrals/tasks/$TASK_ID/acknowledge" -H "Authorization: Bearer $INES" \
  -H "Idempotency-Key: acknowledge-$RUN" -H "If-Match: \"$(field version)\""
echo "acknowledged: the Task is $(field state), and nothing is promised"

ask "$BASE/api/referrals/tasks/$TASK_ID/accept" -H "Authorization: Bearer $INES" \
  -H 'Content-Type: application/json' -H "Idempotency-Key: accept-$RUN" -H "If-Match: \"$(field version)\"" \
  -d "{\"ownerId\": \"$owner\"}"
keep ACCEPTED "$(header position)"
echo "accepted: the Task is $(field state)"
