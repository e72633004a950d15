//! What the fleet and its control port have in common: the systems.
use crate::camera::Camera;
use crate::gateway::Gateway;
use crate::solution::Solution;
use crate::station::Counters;
use crate::video_server::VideoServer;

/// All systems of a fleet.
pub(crate) struct Shared {
    pub(crate) solutions: Vec<Solution>,
    pub(crate) cameras: Vec<Camera>,
    pub(crate) video_servers: Vec<VideoServer>,
    pub(crate) gateways: Vec<Gateway>,
}

impl Shared {
    /// What happened at all of them together.
    pub(crate) fn counters(&self) -> Counters {
        let mut sum = Counters::default();
        for solution in &self.solutions {
            sum.add(solution.counters());
        }
        for camera in &self.cameras {
            sum.add(camera.counters());
        }
        for server in &self.video_servers {
            sum.add(server.counters());
        }
        for gateway in &self.gateways {
            sum.add(gateway.counters());
        }
        sum
    }
}
