import Archive from '@lucide/svelte/icons/archive';
import BadgeCheck from '@lucide/svelte/icons/badge-check';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import CircleMinus from '@lucide/svelte/icons/circle-minus';
import CircleX from '@lucide/svelte/icons/circle-x';
import ClipboardCheck from '@lucide/svelte/icons/clipboard-check';
import FileInput from '@lucide/svelte/icons/file-input';
import Hourglass from '@lucide/svelte/icons/hourglass';
import Timer from '@lucide/svelte/icons/timer';
import TimerOff from '@lucide/svelte/icons/timer-off';
import TrendingUp from '@lucide/svelte/icons/trending-up';
import Undo2 from '@lucide/svelte/icons/undo-2';
import UserRoundPen from '@lucide/svelte/icons/user-round-pen';
import type { IconType } from '$shared/components';
import type { LotOrigin, StatusKind, YearState } from '$wire/types';

export const STATUS_ICONS: Record<StatusKind, IconType> = {
  archived: Archive,
  not_registered: CircleDashed,
  registered: ClipboardCheck,
  trial: Timer,
  trial_ended: TimerOff,
  started: Hourglass,
  renewal_due: Hourglass,
  unlicensed: CircleX,
  beyond_growth: TrendingUp,
  nothing_needed: CircleMinus,
  licensed: CircleCheck,
};

export const YEAR_ICONS: Record<YearState, IconType> = {
  past: CircleMinus,
  licensed: CircleCheck,
  grace: Hourglass,
  unlicensed: CircleX,
  nothing_needed: CircleMinus,
  short: CircleDashed,
  not_allocated: CircleDashed,
};

export const ORIGIN_ICONS: Record<LotOrigin, IconType> = {
  signed: BadgeCheck,
  declared: UserRoundPen,
  credit: Undo2,
  opening: FileInput,
};
