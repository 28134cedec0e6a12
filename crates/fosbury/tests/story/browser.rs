//! Somebody's browser: it keeps cookies, says where it comes from, and follows no redirect unasked.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Mutex;

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, header};
use tower::ServiceExt;

use crate::page::{Form, Page};
use crate::world::{BASE, HOST, World};

/// A browser.
pub struct Browser {
    pub world: World,
    cookies: Mutex<BTreeMap<String, String>>,
    agent: &'static str,
    pub peer: SocketAddr,
}

impl Browser {
    pub fn new(world: &World) -> Self {
        Self {
            world: world.clone(),
            cookies: Mutex::default(),
            agent: "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0",
            peer: SocketAddr::from(([192, 0, 2, 7], 40_000)),
        }
    }

    pub fn with_cookie(self, name: &str, value: &str) -> Self {
        let pair = (name.to_owned(), value.to_owned());
        self.cookies.lock().unwrap().extend([pair]);
        self
    }

    /// The value of a cookie that it keeps.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// A request as this browser begins it.
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let cookies = self.cookies.lock().unwrap();
        let cookies: Vec<String> = cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, HOST)
            .header(header::USER_AGENT, self.agent)
            .extension(ConnectInfo(self.peer));
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        request
    }

    pub async fn get(&self, path: &str) -> Page {
        let path = path.strip_prefix(BASE).unwrap_or(path);
        let request = self.request(Method::GET, path);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.post_bytes(path, body.into_bytes()).await
    }

    /// Posts a body that no form of ours would send.
    pub async fn post_bytes(&self, path: &str, body: Vec<u8>) -> Page {
        let request = self
            .request(Method::POST, path)
            .header(header::ORIGIN, BASE)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    pub async fn submit(&self, form: &Form) -> Page {
        let fields = form.fields.iter();
        let fields: Vec<(&str, &str)> = fields.map(|(k, v)| (k.as_str(), v.as_str())).collect();
        self.post(&form.action, &fields).await
    }

    /// Goes on to where an answer leads.
    pub async fn follow(&self, page: &Page) -> Page {
        assert!(
            (300..400).contains(&page.status),
            "{} is {}, no redirect: {}",
            page.address,
            page.status,
            page.text()
        );
        self.get(&page.leads_to()).await
    }

    pub async fn send(&self, request: Request<Body>) -> Page {
        let address = request.uri().to_string();
        let answer = self.world.router().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        self.keep_cookies(&parts.headers);
        Page {
            address,
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    fn keep_cookies(&self, headers: &axum::http::HeaderMap) {
        let mut kept = self.cookies.lock().unwrap();
        for line in headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, rest) = line.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if line.contains("Max-Age=0") {
                kept.remove(name);
            } else {
                kept.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
