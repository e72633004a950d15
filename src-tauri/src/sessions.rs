//! With which sessions the windows call, and which of them are told what changes.

use std::collections::HashMap;

use flotilla_core::Secret;
use parking_lot::Mutex;

/// The sessions of the windows, by the windows' labels.
#[derive(Default)]
pub struct WindowSessions {
    /// The session a new window goes on with, until it has one of its own.
    handed_over: Mutex<HashMap<String, String>>,
    /// With which session each window called last: what its account may see, the window is told.
    listening: Mutex<HashMap<String, String>>,
}

impl WindowSessions {
    /// A new window goes on with the session of the one that opened it.
    pub fn hand_over(&self, window: &str, session: Option<String>) {
        if let Some(session) = session {
            self.handed_over.lock().insert(window.to_owned(), session);
        }
    }

    /// The session a window calls with: its own, or the one it was opened with.
    pub fn session(&self, window: &str, own: Option<String>) -> Option<String> {
        let session = own.or_else(|| self.handed_over.lock().get(window).cloned());
        let mut listening = self.listening.lock();
        match &session {
            Some(session) => listening.insert(window.to_owned(), session.clone()),
            None => listening.remove(window),
        };
        session
    }

    /// The windows somebody is signed in to, with their sessions.
    pub fn listeners(&self) -> Vec<(String, Secret)> {
        let listening = self.listening.lock();
        listening
            .iter()
            .map(|(window, session)| (window.clone(), Secret::new(session.clone())))
            .collect()
    }

    /// A window was closed, or signed out: it goes on with no session but one of its own.
    pub fn forget(&self, window: &str) {
        self.handed_over.lock().remove(window);
        self.listening.lock().remove(window);
    }

    /// No window goes on with a session it had: another host answers from now on.
    pub fn clear(&self) {
        self.handed_over.lock().clear();
        self.listening.lock().clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listeners(sessions: &WindowSessions) -> Vec<String> {
        sessions
            .listeners()
            .into_iter()
            .map(|(window, _)| window)
            .collect()
    }

    /// UI-01: a window goes on with the session it was opened with until it has one of its own, or is signed out.
    #[test]
    fn a_window_goes_on_with_the_session_it_was_opened_with() {
        let sessions = WindowSessions::default();
        assert_eq!(sessions.session("page-1", None), None);
        sessions.hand_over("page-1", Some("first".to_owned()));
        assert_eq!(sessions.session("page-1", None).as_deref(), Some("first"));
        let own = sessions.session("page-1", Some("second".to_owned()));
        assert_eq!(own.as_deref(), Some("second"));
        assert_eq!(listeners(&sessions), ["page-1"]);
        sessions.forget("page-1");
        assert_eq!(sessions.session("page-1", None), None);
    }

    /// CUS-06: who is not signed in, or no more, is not told what changes.
    #[test]
    fn only_windows_with_a_session_are_told() {
        let sessions = WindowSessions::default();
        sessions.session("main", Some("token".to_owned()));
        assert_eq!(listeners(&sessions), ["main"]);
        sessions.session("main", None);
        assert!(listeners(&sessions).is_empty());
        sessions.session("main", Some("token".to_owned()));
        sessions.clear();
        assert!(listeners(&sessions).is_empty());
    }
}
