create index alert_by_tenant on alert (tenant, alert_key);
