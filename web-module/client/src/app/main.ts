import "webrtc-adapter";
import { App } from "./App";
import "./styles/app.css";

customElements.define("crosspoint-app", App);
