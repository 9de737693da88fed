/** Prints the story: what somebody did, and what each side sees afterwards. */
export class Scene {
  #network;
  #referralId;
  #count = 0;

  constructor(network) {
    this.#network = network;
  }

  about(referralId) {
    this.#referralId = referralId;
  }

  did(person, what) {
    this.#count += 1;
    console.log(`\n${String(this.#count).padStart(2)}. ${person === null ? '' : `${person.name} `}${what}`);
  }

  sees(side, what) {
    console.log(`      ${side.padEnd(12)} ${what}`);
  }

  /** The sender's referral, and the agency's inbox and the coordinator's board, both read after `position`. */
  async sides(position, agencies = []) {
    await this.#hospital();
    for (const agency of agencies) await this.#agency(agency, position);
    await this.#coordinator(position);
  }

  async #hospital() {
    const { dana } = this.#network.people;
    const { needs, closed } = await dana.get(`/api/referrals/referrals/${this.#referralId}`);
    const words = needs.map((need) => {
      const task = need.tasks.at(-1);
      return task === undefined || need.result !== 'in-play'
        ? `${need.need}: ${need.result}`
        : `${need.need}: ${task.state} at ${this.#network.nameOf(task.recipientOrganizationId)}, waits for ${task.waitsFor}`;
    });
    this.sees('hospital', `${words.join(' · ')}${closed === null ? '' : ` · ${closed.code}`}`);
  }

  async #agency(agency, after) {
    const { items } = await agency.get('/api/coordination/inbox', { after });
    const rows = items.filter((row) => row.referralId === this.#referralId);
    const words = rows.map(({ need, state, dueTimer, dueAt }) => `${need} ${state}${due(dueTimer, dueAt)}`);
    this.sees('agency', `${agency.organizationName}: ${words.join(' · ') || 'nothing of it in the inbox'}`);
  }

  async #coordinator(after) {
    const { cora } = this.#network.people;
    const { items } = await cora.get('/api/coordination/board?limit=100', { after });
    // The board puts the most urgent first; the story is easier to follow in one order.
    const rows = items
      .filter((row) => row.referralId === this.#referralId)
      .sort((one, other) => one.serviceRequestId.localeCompare(other.serviceRequestId));
    const words = rows.map(
      ({ need, state, result, taskCount }) =>
        `${need} ${result === 'in-play' ? (state ?? 'open') : result}${taskCount > 1 ? ` (offer ${taskCount})` : ''}`,
    );
    this.sees('coordinator', words.join(' · ') || 'nothing of it on the board');
  }
}

function due(timer, at) {
  return timer === null || timer === undefined || at === null ? '' : ` (${timer} ${at.slice(0, 16).replace('T', ' ')})`;
}
