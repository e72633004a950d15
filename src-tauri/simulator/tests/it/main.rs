//! The simulator over real TLS, asked by clients that share no code with it.
mod certificates;
mod control;
mod generation;
mod ip_office;
mod measure;
mod offline;
mod program;
mod support;
mod transport;
mod vapix;
mod video_server;
