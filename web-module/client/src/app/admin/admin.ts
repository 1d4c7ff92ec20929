import "./admin.css";
import { AdminApp } from "./AdminApp";

customElements.define("crosspoint-admin", AdminApp);
