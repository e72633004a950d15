import './shared/styles/tokens.css';
import './shared/styles/base.css';
import './shared/styles/more.css';
import { beginOpening } from './shared/opening';

// Asked before the pages are loaded: the core opens the workspace meanwhile, and its answer is there when they are (PERF-01).
beginOpening();
void import('./app/mount');
