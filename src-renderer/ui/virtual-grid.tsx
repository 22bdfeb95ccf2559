import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { nextRow } from './grid-keys.ts';
import './virtual-grid.css';

export type GridItem<T> =
  | { readonly kind: 'row'; readonly key: string; readonly value: T }
  /** Seen between rows; a screen reader hears it within the rows. */
  | { readonly kind: 'heading'; readonly key: string; readonly text: string };

interface VirtualGridProps<T> {
  readonly label: string;
  readonly items: readonly GridItem<T>[];
  /** Rows in all, where the core tells; else null: more come as they are scrolled to. */
  readonly total: number | null;
  readonly selectedKey: string | null;
  readonly onOpen: (value: T, key: string) => void;
  /** Says how many rows came in above while one was reading further down. */
  readonly newer?: (count: number) => string;
  /** More rows are wanted at the end. */
  readonly onEnd: () => void;
  /** The gridcells of a row. */
  readonly children: (value: T) => ReactNode;
}

const rowHeight = 57;
const headingHeight = 32;

/**
 * A list of any length as an ARIA grid (w3c/aria-practices, grid): one tab stop, arrows, Home, End and Page keys,
 * Enter opens, Right and Left reach the buttons within a row. Rows that are added above move neither what is in view
 * nor the row one stands on.
 */
export function VirtualGrid<T>(props: VirtualGridProps<T>) {
  const { items, label, newer, onEnd, onOpen, selectedKey, total } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [standing, setStanding] = useState<string | null>(null);
  const [readingFrom, setReadingFrom] = useState<string | null>(null);
  const rows = items.flatMap((item, index) => (item.kind === 'row' ? [{ ...item, index }] : []));
  const rowOf = new Map(rows.map(({ index }, row) => [index, row]));

  // It is read anew at each render, and nothing here is memoized around it.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === 'heading' ? headingHeight : rowHeight),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 8,
  });
  const visible = virtual.getVirtualItems();
  useStillView(scroller, virtual, items);

  const lastVisible = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (items.length > 0 && lastVisible >= items.length - 12) onEnd();
  }, [lastVisible, items.length, onEnd]);

  const stop = [standing, selectedKey].find((key) => rows.some((row) => row.key === key)) ?? rows[0]?.key;
  const stopRow = rows.findIndex(({ key }) => key === stop);

  const newRows = readingFrom === null ? 0 : rows.findIndex(({ key }) => key === readingFrom);
  const onScroll = () => {
    const atTop = (scroller.current?.scrollTop ?? 0) <= 0;
    setReadingFrom((before) => (atTop ? null : (before ?? rows[0]?.key ?? null)));
  };

  const standOn = (row: number) => {
    const target = rows[row];
    if (target === undefined) return;
    setStanding(target.key);
    virtual.scrollToIndex(target.index, { align: 'auto' });
    // The row may not be in the document yet: it is after the scroll.
    requestAnimationFrame(() => rowElement(scroller.current, target.index)?.focus({ preventScroll: true }));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey) return;
    const element = rows[stopRow] && rowElement(scroller.current, rows[stopRow].index);
    if ((event.key === 'ArrowRight' || event.key === 'ArrowLeft') && element) {
      event.preventDefault();
      moveWithinRow(element, event.key === 'ArrowRight' ? 1 : -1);
      return;
    }
    const onRow = event.target === element;
    if ((event.key === 'Enter' || event.key === ' ') && onRow) {
      event.preventDefault();
      const row = rows[stopRow];
      if (row) onOpen(row.value, row.key);
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const next = nextRow(event.key, stopRow, { count: rows.length, page });
    if (next === null) return;
    event.preventDefault();
    standOn(next);
  };

  return (
    <div className="grid-scroller" ref={scroller} onScroll={onScroll}>
      {newer && newRows > 0 && (
        <div className="grid-newer">
          <button type="button" onClick={() => scroller.current?.scrollTo({ top: 0 })}>
            {newer(newRows)}
          </button>
        </div>
      )}
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={total ?? -1}
        className="grid"
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {visible.map(({ index, start, key }) => {
          const item = items[index];
          if (item === undefined) return null;
          const place = { transform: `translateY(${start}px)` };
          if (item.kind === 'heading') {
            return (
              <div key={key} className="grid-heading" aria-hidden style={place}>
                {item.text}
              </div>
            );
          }
          return (
            <div
              key={key}
              role="row"
              data-index={index}
              aria-rowindex={(rowOf.get(index) ?? 0) + 1}
              aria-selected={item.key === selectedKey}
              tabIndex={item.key === stop ? 0 : -1}
              className="grid-row"
              style={place}
              onFocus={() => setStanding(item.key)}
              onClick={() => onOpen(item.value, item.key)}
            >
              {props.children(item.value)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function rowElement(scroller: HTMLElement | null, index: number): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[role="row"][data-index="${index}"]`) ?? null;
}

/** Row first, then its buttons, one by one. */
function moveWithinRow(row: HTMLElement, step: 1 | -1): void {
  const stops = [row, ...row.querySelectorAll<HTMLElement>('button')];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  stops[at + step]?.focus();
}

/** Keeps what is in view where it is when rows are added or go above it; at the very top new rows may come in. */
function useStillView(
  scroller: React.RefObject<HTMLElement | null>,
  virtual: { readonly measurementsCache: readonly { readonly key: unknown; readonly start: number }[] },
  items: readonly unknown[],
): void {
  const anchor = useRef<{ key: unknown; start: number } | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const before = anchor.current;
    if (before !== null && element.scrollTop > 0) {
      const now = virtual.measurementsCache.find(({ key }) => key === before.key);
      if (now !== undefined && now.start !== before.start) {
        element.scrollBy(0, now.start - before.start);
      }
    }
    const remember = () => {
      const first = virtual.measurementsCache.findLast(({ start }) => start <= element.scrollTop);
      anchor.current = first === undefined ? null : { key: first.key, start: first.start };
    };
    remember();
    element.addEventListener('scroll', remember, { passive: true });
    return () => element.removeEventListener('scroll', remember);
  }, [items, scroller, virtual]);
}
