import { Button, Chip } from '@mantine/core';
import { IconClock, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useId, useMemo, useState } from 'react';
import { callListQuery } from '../app/queries.ts';
import { CallCells } from '../ui/call-cells.tsx';
import { EmptyState, ReadFailed } from '../ui/parts.tsx';
import { Screen, SidePanel } from '../ui/screen.tsx';
import { SearchBox } from '../ui/search-box.tsx';
import { useAnnouncedCount } from '../ui/use-announced-count.ts';
import { useNow } from '../ui/use-now.ts';
import { VirtualGrid } from '../ui/virtual-grid.tsx';
import { t } from '../words/words.ts';
import { CallDetail } from './call-detail.tsx';
import { type ConversationGroup, conversationGroupNames, conversationsOf } from './conversation-groups.ts';
import { dayItems } from './day-items.ts';
import { type StatusGroup, statusesOf, statusGroupNames } from './status-groups.ts';
import '../ui/list-screen.css';
import './history.css';

/** Every call, newest first, live; one of them told whole at the side. */
export function HistoryScreen() {
  const navigate = useNavigate();
  const { callId } = useParams({ strict: false });
  const [query, setQuery] = useState('');
  const [groups, setGroups] = useState<ReadonlySet<StatusGroup>>(new Set());
  const [talks, setTalks] = useState<ReadonlySet<ConversationGroup>>(new Set());
  const list = useInfiniteQuery(
    callListQuery({
      query: query.trim(),
      statuses: statusesOf(groups),
      conversations: conversationsOf(talks),
    }),
  );
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const now = useNow();
  const calls = useMemo(() => data?.pages.flatMap((page) => page.calls), [data]);
  const items = useMemo(() => dayItems(calls ?? [], now), [calls, now]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  useAnnouncedCount(hasNextPage ? undefined : calls?.length, query);

  const filtered = query.trim() !== '' || groups.size > 0 || talks.size > 0;
  const showAll = () => {
    setQuery('');
    setGroups(new Set());
    setTalks(new Set());
  };
  return (
    <Screen
      title={t('history.title')}
      tools={
        <SearchBox
          label={t('history.search')}
          placeholder={t('history.searchPlaceholder')}
          value={query}
          onChange={setQuery}
        />
      }
      panel={
        callId !== undefined && (
          <SidePanel label={t('app.details')} onClose={() => void navigate({ to: '/history' })}>
            <CallDetail id={callId} />
          </SidePanel>
        )
      }
    >
      <div className="list-screen">
        <div className="chip-rows">
          <Chips
            label={t('history.filterTalk')}
            names={conversationGroupNames}
            chosen={talks}
            onChange={setTalks}
            words={(name) => t(`history.filterConversation.${name}`)}
          />
          <Chips
            label={t('history.filter')}
            names={statusGroupNames}
            chosen={groups}
            onChange={setGroups}
            words={(name) => t(`history.filterGroup.${name}`)}
          />
        </div>
        {list.isError ? (
          <ReadFailed retry={() => void list.refetch()} />
        ) : calls?.length === 0 ? (
          <NoCalls filtered={filtered} showAll={showAll} />
        ) : (
          <VirtualGrid
            label={t('history.grid')}
            items={items}
            total={hasNextPage ? null : (calls?.length ?? null)}
            selectedKey={callId ?? null}
            onOpen={(call) => void navigate({ to: '/history/$callId', params: { callId: call.id } })}
            newer={(count) => t('history.newer', { count })}
            onEnd={more}
          >
            {(call) => <CallCells call={call} role="gridcell" />}
          </VirtualGrid>
        )}
      </div>
    </Screen>
  );
}

/** Filters of one kind; none chosen: all. */
function Chips<N extends string>({
  label,
  names,
  chosen,
  onChange,
  words,
}: {
  readonly label: string;
  readonly names: readonly N[];
  readonly chosen: ReadonlySet<N>;
  readonly onChange: (chosen: ReadonlySet<N>) => void;
  readonly words: (name: N) => string;
}) {
  const id = useId();
  return (
    <div className="chips" role="group" aria-labelledby={id}>
      <span id={id} className="chips-label">
        {label}
      </span>
      <div className="chips-of">
        {names.map((name) => (
          <Chip
            key={name}
            size="xs"
            radius="md"
            checked={chosen.has(name)}
            onChange={() =>
              onChange(new Set(names.filter((other) => chosen.has(other) !== (other === name))))
            }
          >
            {words(name)}
          </Chip>
        ))}
      </div>
    </div>
  );
}

function NoCalls({ filtered, showAll }: { readonly filtered: boolean; readonly showAll: () => void }) {
  const navigate = useNavigate();
  return filtered ? (
    <EmptyState
      Sign={IconSearchOff}
      title={t('history.none')}
      action={<Button onClick={showAll}>{t('history.clearFilters')}</Button>}
    >
      {t('history.noneTodo')}
    </EmptyState>
  ) : (
    <EmptyState
      Sign={IconClock}
      title={t('history.empty')}
      action={
        <Button variant="filled" onClick={() => void navigate({ to: '/' })}>
          {t('history.makeCall')}
        </Button>
      }
    >
      {t('history.emptyTodo')}
    </EmptyState>
  );
}
