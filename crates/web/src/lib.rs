//! What every page needs and no page should write twice: routes that can be listed, forms, the
//! guard against forged requests, headers, troubles as pages, cookies and Markdown.

mod address;
mod cookie;
mod csrf;
mod fields;
mod headers;
mod markdown;
mod page;
mod path;
mod routes;
mod trouble;
mod upload;

pub use address::refuse_unreadable;
pub use cookie::{Cookie, CookieJar};
pub use csrf::refuse_forged;
pub use fields::{FORM_BYTES, Fields, Query};
pub use headers::{CONTENT_SECURITY_POLICY, harden};
pub use markdown::{Rendered, plain, render, summary};
pub use page::{Page, asset_tag, etag, feed, file, redirect, xml_safe};
pub use path::safe_next;
pub use routes::{Access, Listed, Routes};
pub use trouble::{OrNotFound, Result, Trouble};
pub use upload::{Brought, Upload};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
