# The agency books a visit and completes with an outcome: the loop is closed.
. "$(dirname "$0")/state.sh"
: "${ACCEPTED:?run 05-inbox-and-accept.sh first}"

# What an agency reports must have happened after it accepted.
AT=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)

ask "$BASE/api/referrals/tasks/$TASK_ID" -H "Authorization: Bearer $INES"
ask "$BASE/api/referrals/tasks/$TASK_ID/progress" -H "Authorization: Bearer $INES" \
  -H 'Content-Type: application/json' -H "Idempotency-Key: progress-$RUN" -H "If-Match: \"$(field version)\"" \
  -d "{\"kind\": \"appointment-booked\", \"at\": \"$AT\"}"
echo "a visit is booked: the Task is $(field state)"

ask "$BASE/api/referrals/tasks/$TASK_ID/complete" -H "Authorization: Bearer $INES" \
  -H 'Content-Type: application/json' -H "Idempotency-Key: complete-$RUN" -H "If-Match: \"$(field version)\"" \
  -d "{\"outcome\": \"housed\", \"outputs\": [{ \"kind\": \"placement\", \"at\": \"$AT\" }]}"
keep COMPLETED "$(header position)"
echo "completed: the Task is $(field state), the outcome is $(field outcome)"
