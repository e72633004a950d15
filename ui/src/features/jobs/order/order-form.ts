// What all jobs have in common when they are ordered, as a person fills it in (JOB-01). Pure.

import type { JobOrder, JobView } from '$wire/types';
import { formOfRollout, rolloutOf, type RolloutForm } from '../rollout/rollout-form';
import { formOf, scheduleForm, scheduleOf, type ScheduleForm } from '../schedule/schedule-form';

/** What a job has as long as nobody says otherwise, as in the core. */
const DEFAULT_PRIORITY = 500;

export interface OrderForm {
  /** Empty: one is made. */
  name: string;
  schedule: ScheduleForm;
  rollout: RolloutForm;
  priority: number | null;
  /** How late it may begin, in minutes; null: as the preferences say. */
  tolerance: number | null;
}

export const orderForm = (today: string, rollout: RolloutForm): OrderForm => ({
  name: '',
  schedule: scheduleForm(today),
  rollout,
  priority: DEFAULT_PRIORITY,
  tolerance: null,
});

/** `zone`: of a repetition where none is chosen. No priority at all is none that there is: the core says which there are. */
export const orderOf = (form: OrderForm, zone: string): JobOrder => ({
  name: form.name.trim(),
  schedule: scheduleOf(form.schedule, zone),
  rollout: rolloutOf(form.rollout),
  priority: form.priority ?? -1,
  tolerance_minutes: form.tolerance,
});

/** Orders what a job was once more: at once, unless it had windows or repeats, whose time is not over. */
export function formOfJob({ row, schedule, rollout, tolerance_minutes }: JobView, today: string): OrderForm {
  const former = formOf(schedule, today);
  return {
    name: row.name,
    schedule: schedule.kind === 'at' ? { ...former, date: today } : former,
    rollout: formOfRollout(rollout),
    priority: row.priority,
    tolerance: tolerance_minutes,
  };
}
