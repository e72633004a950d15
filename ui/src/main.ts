import { mount } from 'svelte';
import './shared/styles/tokens.css';
import './shared/styles/base.css';
import './shared/styles/more.css';
import App from './app/App.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');

export default mount(App, { target });
