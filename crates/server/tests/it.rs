//! The real program, started as an operator starts it, on both engines.

mod it {
    pub mod house;
    pub mod http;

    mod account;
    mod config;
    mod killed;
    mod service;
    mod stopped;
}
