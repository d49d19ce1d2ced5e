import type { Alert, AlertKind, Condition } from './alert.ts';

/** Remembers what was told, so that nothing is told too often. */
export interface AlertBook {
  /**
   * Takes what holds now of the kinds that were looked at.
   * @returns what is to be told
   */
  update(look: {
    /** Milliseconds. */
    readonly now: number;
    readonly looked: readonly AlertKind[];
    readonly conditions: readonly Condition[];
  }): readonly Alert[];
}

interface Told {
  readonly title: string;
  at: number;
  readonly ids: Set<string>;
}

/** Most lines of an alert: it is to be read by a person. */
const maxLines = 20;

/**
 * Tells a condition when it begins, when something joins it (after `gapMs`), when it still holds after
 * `repeatMs`, and when it is over.
 */
export function createAlertBook(options: { repeatMs: number; gapMs: number }): AlertBook {
  const { repeatMs, gapMs } = options;
  const told = new Map<AlertKind, Told>();

  function isDue({ kind, items }: Condition, now: number): boolean {
    const before = told.get(kind);
    if (before === undefined) return true;
    const age = now - before.at;
    const hasMore = items.some(({ id }) => !before.ids.has(id));
    return age >= repeatMs || (hasMore && age >= gapMs);
  }

  return {
    update({ now, looked, conditions }) {
      const alerts: Alert[] = [];
      for (const condition of conditions) {
        if (!isDue(condition, now)) continue;
        const { kind, title, items } = condition;
        told.set(kind, { title, at: now, ids: new Set(items.map(({ id }) => id)) });
        alerts.push(raise(condition));
      }
      const holding = new Set(conditions.map(({ kind }) => kind));
      for (const kind of looked) {
        const before = told.get(kind);
        if (before === undefined || holding.has(kind)) continue;
        told.delete(kind);
        const { title } = before;
        alerts.push({ kind, state: 'resolved', title: `over: ${title}`, lines: [], hint: '' });
      }
      return alerts;
    },
  };
}

function raise({ kind, title, items, hint }: Condition): Alert {
  const lines = items.slice(0, maxLines).map(({ line }) => line);
  const more = items.length - lines.length;
  if (more > 0) lines.push(`... and ${more} more`);
  return { kind, state: 'raised', title, lines, hint };
}
