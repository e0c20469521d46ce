import { runService } from '@maestro/service';
import { compose } from './compose.js';
import { gatewayConfig } from './config.js';

void runService({ config: gatewayConfig, compose }, process);
