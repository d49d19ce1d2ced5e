/** A number of places that calls take in turn. */
export interface Slots {
  /** Takes a place now or later; the function that is returned gives it back, or stops waiting. */
  take(onPlace: () => void): () => void;
}

/** Makes so many places. */
export function createSlots(count: number): Slots {
  let free = count;
  const waiting = new Set<() => void>();

  function giveBack(): void {
    const [next] = waiting;
    if (next === undefined) free++;
    else {
      waiting.delete(next);
      next();
    }
  }

  return {
    take(onPlace) {
      let isMine = false;
      let isOver = false;
      const begin = () => {
        isMine = true;
        onPlace();
      };
      if (free > 0) {
        free--;
        begin();
      } else waiting.add(begin);
      return () => {
        if (isOver) return;
        isOver = true;
        if (isMine) giveBack();
        else waiting.delete(begin);
      };
    },
  };
}
