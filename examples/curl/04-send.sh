# The planner sends. The platform asks its own copy of the consent; without one the Task would be awaiting-consent.
. "$(dirname "$0")/state.sh"
: "${CONSENTED:?run 03-consent.sh first}"

# A Task says in legalMoves what this person may do now; a command names the version that it was decided on.
ask "$BASE/api/referrals/tasks/$TASK_ID" -H "Authorization: Bearer $DANA"
version=$(field version)

ask -X POST "$BASE/api/referrals/tasks/$TASK_ID/send?after=$CONSENTED" -H "Authorization: Bearer $DANA" \
  -H "Idempotency-Key: send-$RUN" -H "If-Match: \"$version\""
keep SENT "$(header position)"
echo "sent: the Task is $(field state), and waits for the $(field waitsFor)"
