import { expect, test } from 'vitest';
import { mutants } from './mutants/mutants.ts';
import type { SimulatedPayment } from './network.ts';
import { openScript, type Script, type ScriptOptions } from './script.ts';

// The counterexamples of ledger.md, section 11, by their numbers: each schedule as it was found, the
// right outcome, and, where a mutant of section 15 is that mistake, that the schedule shows it.

const first: SimulatedPayment = { nonce: 0n, amount: 1n, price: 1n };
const second: SimulatedPayment = { nonce: 0n, amount: 2n, price: 1n };
/** Holds a replica's answer from the store back: it has committed, and does not know it yet. */
const answerOf = (replica: number) => `r${replica} has its answer`;

type Story = (script: Script) => Promise<void>;

async function tell(story: Story, options: ScriptOptions = {}): Promise<Script> {
  const script = await openScript(options);
  await story(script);
  expect(await script.finish()).toEqual([]);
  return script;
}

/** Whether a mutant makes the story end badly: a broken invariant, or another outcome. */
async function shows(name: string, story: Story, options: ScriptOptions = {}): Promise<boolean> {
  const mutant = mutants.find((other) => other.name === name);
  if (mutant === undefined) throw new Error(`there is no mutant ${name}`);
  const script = await openScript({ ...options, plant: mutant.plant() });
  try {
    await story(script);
    return (await script.finish()).length > 0;
  } catch {
    return true;
  }
}

const topOf = ({ channel }: Script) => channel.witness.getState().top;
const entriesOf = ({ channel }: Script) => channel.witness.books.record.entries;

test('behavior: 1, a list that anybody may clear: a paid call whose owner dies is honoured', async () => {
  const story: Story = async (script) => {
    script.send(first, { at: 0 });
    await script.go(answerOf(0));
    const other = script.send(second, { at: 1 });
    await script.go(answerOf(0));
    await script.world.kill(0);
    const again = script.send(first, { at: 1 });
    await script.go();
    expect([script.endOf(other), script.endOf(again), topOf(script)]).toEqual([0, 0, 2n]);
  };
  await tell(story);
  expect(await shows("entries cleared by anybody's next commit", story)).toBe(true);
});

test('behavior: 2, honour once more: not while the owner lives', async () => {
  const story: Story = async (script) => {
    const served = script.send(first, { at: 0 });
    await script.go();
    const again = script.send(first, { at: 1 });
    await script.go();
    await script.wait(10_000);
    const late = script.send(first, { at: 1 });
    await script.go();
    expect([served, again, late].map(script.endOf)).toEqual([0, 9, 16]);
  };
  await tell(story);
  expect(await shows('entry of a live owner honoured (no lease)', story)).toBe(true);
});

test('behavior: 3, an outcome is unknown, and the commit applies after it was looked for', async () => {
  const story: Story = async (script) => {
    script.world.store.fates.push('late');
    const call = script.send(first, { at: 0 });
    await script.wait(200, 'r0 commit gets through');
    expect([script.endOf(call), topOf(script)]).toEqual([0, 1n]);
    await script.go();
    expect(topOf(script)).toBe(1n);
  };
  await tell(story);
  for (const name of [
    'unknown outcome = failure, no fence',
    'unknown outcome = success',
    'unknown: read once, conclude "not applied"',
  ]) {
    expect(await shows(name, story)).toBe(true);
  }
});

test('behavior: 4, whose commit was it: one payment at two replicas is delivered once', async () => {
  const story: Story = async (script) => {
    script.world.store.fates.push('never');
    const lost = script.send(first, { at: 0 });
    await script.go('r0 commit is unknown');
    const won = script.send(first, { at: 1 });
    await script.go('r0 commit is unknown');
    await script.wait(200);
    expect([lost, won].map(script.endOf)).toEqual([9, 0]);
  };
  await tell(story);
  const name = 'no call number: "my interval is consumed, so it was me"';
  expect(await shows(name, story)).toBe(true);
});

test('behavior: 5, a client goes while the outcome is unknown: what applies later is taken back', async () => {
  const story: Story = async (script) => {
    script.world.store.fates.push('late');
    script.world.replicas[0]?.connection.cut(7_000);
    // Read before the store went away: this call needs no more than its commit.
    const call = script.send(first, { at: 0 });
    await script.wait(6_000, 'r0 commit gets through');
    await script.wait(10_000);
    expect([script.endOf(call), call.delivered]).toEqual([13, false]);
    expect([topOf(script), entriesOf(script)]).toEqual([0n, []]);
  };
  const warm: Story = async (script) => {
    script.send({ nonce: 0n, amount: 1n, price: 1n }, { at: 0, plan: 'fails' });
    await script.go();
    await story(script);
  };
  await tell(warm);
  expect(await shows('unknown and client left: call forgotten', warm)).toBe(true);
});

test('behavior: 6, a paused replica: who wakes up after its lease delivers nothing', async () => {
  const story: Story = async (script) => {
    const paused = script.send(first, { at: 0 });
    await script.go(answerOf(0));
    script.world.replicas[0]?.connection.lose(() => {});
    await script.go(answerOf(0), 'r0 notices');
    const again = script.send(first, { at: 1 });
    await script.go(answerOf(0), 'r0 notices');
    await script.go('r0 notices');
    await script.wait(6_000);
    expect([script.endOf(again), again.delivered]).toEqual([0, true]);
    expect([script.endOf(paused), paused.delivered]).toEqual([13, false]);
  };
  await tell(story);
  expect(await shows('hand-over after the lease was lost (no self-fence)', story)).toBe(true);
});

test('behavior: 7, a stream fails: the top has come down before its client knows', async () => {
  const story: Story = async (script) => {
    const call = script.send(first, { at: 0, plan: 'failsLater' });
    const seen = call.clientEnd.then(() => topOf(script));
    await script.go();
    expect([script.endOf(call), await seen]).toEqual([14, 0n]);
    const wide = script.send({ nonce: 0n, amount: 2n, price: 2n }, { at: 0 });
    await script.go();
    expect(script.endOf(wide)).toBe(0);
  };
  await tell(story);
  expect(await shows('un-commit leaves the top', story)).toBe(true);
  expect(await shows('failure status before the un-commit', story)).toBe(true);
});

test('behavior: 8, a claim starts between a commit and its un-commit: the client has credit', async () => {
  const story: Story = async (script) => {
    const call = script.send(first, { at: 0 });
    await script.go(answerOf(0));
    // At the other replica: this one would wait for its call.
    void script.world.replicas[1]?.claims.start(7n);
    await script.wait(100, answerOf(0), 'claim lands');
    call.leave();
    await script.go('claim lands');
    const { nonce, credit, open, entries } = script.channel.witness.books.record;
    expect({ nonce, credit, open, entries }).toEqual({
      nonce: 1n,
      credit: 1n,
      open: [],
      entries: [],
    });
  };
  await tell(story);
  expect(await shows('un-commit after StartClaim opens an interval of the new nonce', story)).toBe(
    true,
  );
  expect(await shows('un-commit after StartClaim gives no credit', story)).toBe(true);
  expect(await shows('StartClaim drops the entries', story)).toBe(true);
});

test('behavior: 9, an official claim over an open stretch: the next claim takes less', async () => {
  const story: Story = async (script) => {
    const left = script.send(first, { at: 0 });
    await script.go(answerOf(0));
    script.send(second, { at: 1 });
    await script.go(answerOf(0));
    left.leave();
    await script.go();
    void script.channel.provider.start();
    await script.wait(100, 'claim lands');
    const { claims } = script.channel.witness.books;
    const claim = claims.get(0n);
    expect([claim?.amount, claim?.actual]).toEqual([2n, 1n]);
  };
  await tell(story);
  expect(await shows("claim's actual ignores open intervals", story)).toBe(true);
});

test('behavior: 10, a second claim waits until the first has landed', async () => {
  const story: Story = async (script) => {
    script.send(first, { at: 0 });
    await script.go();
    void script.channel.provider.start();
    await script.wait(100, 'claim lands');
    const next = script.send({ nonce: 1n, amount: 1n, price: 1n }, { at: 0 });
    await script.go('claim lands');
    void script.channel.provider.start();
    await script.wait(100, 'claim lands');
    const tooMuch = script.send({ nonce: 1n, amount: 2n, price: 1n }, { at: 0 });
    await script.go('claim lands');
    expect([script.endOf(next), script.endOf(tooMuch)]).toEqual([0, 16]);
    expect([...script.channel.witness.books.claims.keys()]).toEqual([0n]);
  };
  const options: ScriptOptions = { options: { value: 2n } };
  await tell(story, options);
  expect(await shows('second StartClaim before the first has landed', story, options)).toBe(true);
  expect(await shows('limit ignores the claim in progress', story, options)).toBe(true);
});

test('behavior: 11, a replica that served before another did refuses nothing from its memory', async () => {
  const story: Story = async (script) => {
    script.send(first, { at: 1 });
    await script.go();
    script.send(second, { at: 0 });
    await script.go();
    const third = script.send({ nonce: 0n, amount: 3n, price: 1n }, { at: 1 });
    await script.go();
    expect(script.endOf(third)).toBe(0);
  };
  await tell(story);
  expect(await shows('refuse from a stale cache', story)).toBe(true);
});

test('behavior: 12, writes that share a request fail each on its own', async () => {
  const story: Story = async (script) => {
    const { world } = script;
    world.store.isSharing = true;
    const send = (id: bigint, at: number, payment = first) =>
      world.send(id, payment, { at, plan: 'unary', mayLeave: false }).exchange;
    const lost = send(7n, 0);
    const neighbour = send(8n, 0);
    await script.go('r0 commits');
    const won = send(7n, 1);
    await script.go('r0 commits');
    await script.go();
    expect([won, neighbour, lost].map(script.endOf)).toEqual([0, 0, 9]);
  };
  const options: ScriptOptions = { options: { channels: 2 } };
  await tell(story, options);
  expect(await shows('batch: all-or-nothing', story, options)).toBe(true);
});

test('behavior: 13, a take-over fails: what the dead owner may have delivered stays charged', async () => {
  const story: Story = async (script) => {
    const served = script.send(first, { at: 0 });
    await script.go();
    await script.world.kill(0);
    const again = script.send(first, { at: 1, plan: 'failsLater' });
    await script.go();
    expect([served.delivered, script.endOf(again), topOf(script)]).toEqual([true, 14, 1n]);
    expect(entriesOf(script).map(({ owner }) => owner)).toEqual(['']);
  };
  await tell(story);
  expect(await shows('failed take-over reopens the interval', story)).toBe(true);
});

test('behavior: 14, refused because the chain has moved: the delayed commit applies no more', async () => {
  const story: Story = async (script) => {
    const { world, channel } = script;
    world.store.fates.push('late');
    const call = script.send(first, { at: 0 });
    await script.go('r0 commit is unknown', 'r0 commit gets through');
    world.chain.change(channel.id, ({ nonce }) => ({ nonce: nonce + 1n }));
    await script.wait(500, 'r0 commit gets through');
    expect([script.endOf(call), call.delivered]).toEqual([1000, false]);
    await script.go();
    expect(entriesOf(script)).toEqual([]);
  };
  await tell(story);
});

test('behavior: 15, one amount for two calls: only one of them is served for it', async () => {
  const story: Story = async (script) => {
    // A client that breaks rule 6.7: while its first call is in doubt, another one with its amount.
    script.send(first, { at: 0 });
    await script.go(answerOf(0));
    const other = script.send(first, { at: 1 });
    await script.go(answerOf(0));
    await script.world.kill(0);
    const again = script.send(first, { at: 1 });
    const twice = script.send(first, { at: 1 });
    await script.go();
    expect([other, again, twice].map(script.endOf)).toEqual([9, 0, 9]);
  };
  await tell(story);
  expect(await shows('take-over without a store write', story)).toBe(true);
});
