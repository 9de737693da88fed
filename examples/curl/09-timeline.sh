# The coordinator, who never saw the person, sees everything that happened until the referral is closed.
. "$(dirname "$0")/state.sh"
: "${COMPLETED:?run 07-complete.sh first}"

ask "$BASE/api/coordination/referrals/$REFERRAL_ID/timeline?after=$COMPLETED" -H "Authorization: Bearer $CORA"
echo 'the timeline:'
parts | sed -n 's/.*"type":"\([^"]*\)".*/  \1/p'
parts | grep -q '"code":"closed-with-service"' || stop 'the referral is not closed'
echo 'the loop is closed: closed-with-service'
