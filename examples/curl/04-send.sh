# The planner sends. The platform checks its own replica of the consent; without consent the Task would be awaiting-consent.
. "$(dirname "$0")/state.sh"
: "${CONSENTED:?run 03-consent.sh first}"

# A Task lists in legalMoves what this person may do now; a command names the version that was read.
ask "$BASE/api/referrals/tasks/$TASK_ID" -H "Authorization: Bearer $DANA"
version=$(field version)

ask -X POST "$BASE/api/referrals/tasks/$TASK_ID/send?after=$CONSENTED" -H "Authorization: Bearer $DANA" \
  -H "Idempotency-Key: send-$RUN" -H "If-Match: \"$version\""
keep SENT "$(header position)"
echo "sent: the Task is $(field state), and waits for the $(field waitsFor)"
