//! The real program, started as an operator starts it, on both engines.

mod it {
    pub mod http;
    pub mod house;

    mod account;
    mod config;
    mod killed;
    mod service;
    mod stopped;
}
